// Every page works without this file; with it steps swap in place, waiting shows and lost requests come back.
import "./setup.js";
import "./forms.js"; // before what waits for forms: it keeps one of them from leaving the page
import "./swaps.js";
import "./waiting.js";
import "./retry.js";
import "./autosave.js";
import "./keep.js";
