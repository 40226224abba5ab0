import { request } from 'node:http';

interface Question {
  readonly socket: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One HTTP request to a unix socket, with nothing of ours in between. */
export function askSocket({ socket, path, method = 'GET', headers = {}, body }: Question): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Whether an engine answers its ping. */
export async function answersPing(socket: string): Promise<boolean> {
  try {
    return (await askSocket({ socket, path: '/_ping' })).status === 200;
  } catch {
    return false;
  }
}
