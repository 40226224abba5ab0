export { handlePlugin, type PluginFaces } from './handle-plugin.js';
export type { Handler, HttpRequest, HttpResponse } from './handler.js';
export { type Listening, type ListenOptions, listen } from './listen.js';
export { readJson } from './read-json.js';
export { type ServeOptions, servePlugin } from './serve-plugin.js';
