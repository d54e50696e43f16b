// The office's pages: all of them work without this file, too.
import "./setup.js";
import "./swaps.js";
import "./waiting.js";
import "./retry.js";
import "./keys.js";
