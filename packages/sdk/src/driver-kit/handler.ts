/** A request as a handler sees it. */
export interface HttpRequest {
  readonly method: string;
  /** As on the wire: percent-encoded, with the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Aborted when the caller goes away, or when the server closes and the call outlasts its grace. */
  readonly signal: AbortSignal;
}

/** An answer; a body that is iterated is sent in chunks. */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<string>;
  /** The status line and the headers as text, for servers that imitate odd ones: written as it is, and the connection ends after the body. */
  readonly head?: string;
}

/** HTTP as a function; `close` drops the connection without an answer. */
export type Handler = (request: HttpRequest) => Promise<HttpResponse | 'close'>;
