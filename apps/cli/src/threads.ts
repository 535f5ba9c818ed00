/** What runs on threads of its own: files beside this one, as compiled and in the bundle. */
export const seekThread = new URL("./seek-worker.js", import.meta.url);
export const surveyThread = new URL("./survey-worker.js", import.meta.url);
