export { connectPlugin, type PluginClient, type PluginOptions } from './connect-plugin.js';
