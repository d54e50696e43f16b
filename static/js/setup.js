// What works without the script is told from what does not.
document.documentElement.classList.add("js");
