import { CnmError } from '../cnm-error.js';
import { handlePlugin, type PluginFaces } from './handle-plugin.js';
import { type Listening, type ListenOptions, listen } from './listen.js';

/** Where a plugin listens: a socket's path, or an address such as `tcp://127.0.0.1:0`. */
export interface ServeOptions extends ListenOptions {
  /** `/run/docker/plugins/acme.sock`: the file's name is the driver's name. */
  readonly socket?: string;
  readonly address?: string;
}

/** Serves a vendor's driver until `close` is called. */
export async function servePlugin(
  faces: PluginFaces,
  { socket, address, ...options }: ServeOptions,
): Promise<Listening> {
  const where = address ?? (socket ? `unix://${socket}` : undefined);
  if (!where) throw new CnmError({ code: 'invalid-input', message: 'servePlugin needs a socket or an address' });
  return listen(handlePlugin(faces), where, options);
}
