// Every page works without this file; with it steps swap in place, waiting shows and lost requests come back.
import "./setup.js";
import "./swaps.js";
import "./forms.js";
import "./waiting.js";
import "./retry.js";
import "./autosave.js";
