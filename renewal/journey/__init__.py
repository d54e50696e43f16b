"""The applicant's verbs. Every verb commits before it returns; transactions live here and nowhere above."""
