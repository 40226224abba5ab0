import type { Exchange } from '../answer.js';
import { readReport } from '../read-report.js';
import { type Replayed, replay } from '../replay.js';
import { printable } from '../reports/printable.js';
import { wrapped } from '../reports/wrapped.js';
import { UsageError } from '../usage-error.js';

/** The flags of `replay`, as commander reads them. */
export interface ReplayFlags {
  readonly target?: string;
  readonly tls?: string;
}

/** Sends the exchanges of a check again and prints old and new answers; 0 when all come out as they did, 1 otherwise. */
export async function replayReport(file: string, id: string, { target, tls }: ReplayFlags): Promise<number> {
  const report = readReport(file);
  const outcome = report.outcomes.find((each) => each.id === id);
  if (!outcome) throw new UsageError(`${file} has no check named ${JSON.stringify(id)}`);
  if (outcome.evidence.length === 0)
    throw new UsageError(
      `${file} keeps no exchange of ${id} (${outcome.verdict}): it has those of checks that ran and are not green`,
    );
  const replayed = await replay(outcome.evidence, {
    target: target ?? report.target.url,
    ranAt: report.target.url,
    timeoutMs: report.settings.timeoutMs,
    ...(tls === undefined ? {} : { certFolder: tls }),
  });
  for (const [index, row] of replayed.entries()) console.log(told(row, index + 1));
  const different = replayed.filter(({ isSame }) => !isSame).length;
  console.log(wrapped(`${replayed.length} exchanges of ${id}, ${different} came out differently`, ''));
  // Answers with other values have the same meaning: a mended driver may differ in nothing else.
  console.log(
    wrapped(
      `Whether the check holds now, "opencnm-conformance run TARGET --only ${id} --seed ${report.seed}" tells, with the flags or the config that the target needs.`,
      '',
    ),
  );
  return different === 0 ? 0 : 1;
}

function told({ before, now, isSame }: Replayed, place: number): string {
  const { method, path } = before.request;
  const answers = [answerOf(before), answerOf(now)];
  return [
    ...folded(`${place}.`.padEnd(5), `${before.step} ${method} ${path}`),
    ...(answers[0] === answers[1]
      ? folded('     both  ', answers[0] ?? '')
      : [...folded('     old   ', answers[0] ?? ''), ...folded('     new   ', answers[1] ?? '')]),
    ...(isSame ? [] : ['     DIFFERENT']),
  ].join('\n');
}

function answerOf({ response, failure = 'no answer' }: Exchange): string {
  return response ? `${response.status} ${response.body}`.trimEnd() : failure;
}

/** Text of a target as lines of 80 columns behind a label. */
function folded(label: string, text: string): readonly string[] {
  const width = 80 - label.length;
  const pieces = printable(text)
    .split('\n')
    .flatMap((line) => line.replaceAll('\t', ' ').match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
  return pieces.map((piece, index) => `${index === 0 ? label : ' '.repeat(label.length)}${piece}`);
}
