"""The trade's rules: pure functions, Chinese sentences, and the law or standard they come from."""
