/** Lets a command end as usual when nobody reads its output any more, and tells when the output cannot be written. */
export function surviveClosedOutput(): void {
  let problem: string | undefined;
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') problem ??= message;
  });
  process.stderr.on('error', () => undefined);
  process.on('exit', () => {
    if (problem === undefined) return;
    console.error(`opencnm-conformance: the output cannot be written: ${problem}`);
    process.exitCode = 2;
  });
}
