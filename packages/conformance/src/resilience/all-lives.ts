import { drawing } from '../draw.js';
import { judge } from '../judge.js';
import type { Outcome } from '../outcome.js';
import { type Beside, startBeside } from './beside.js';
import { cutsOf } from './cuts.js';
import { heldCount } from './hook-state.js';
import { liveOnce } from './live-once.js';
import type { ResilienceReport } from './resilience-report.js';
import { companyOf, type Lives, leftover, type Whole, wholeLife } from './whole-life.js';

type Shown = Pick<ResilienceReport, 'cuts' | 'notes'>;

/** One life without a restart, which has to succeed, then one for each cut, beside a container that runs all along. */
export async function allLives(lives: Lives): Promise<Shown & ReturnType<typeof judge>> {
  const whole = await wholeLife(lives);
  const { outcomes, cuts, notes } = whole.ends ? { outcomes: [], cuts: [], notes: [] } : await cutLives(lives, whole);
  return { ...judgeLives([...whole.outcomes, ...outcomes], cuts), cuts, notes: [...whole.notes, ...notes] };
}

/** A life for each cut, until the driver does not come back. */
async function cutLives(lives: Lives, whole: Whole): Promise<Shown & { readonly outcomes: readonly Outcome[] }> {
  const planned = cutsOf(whole.steps);
  const outcomes: Outcome[] = [];
  const cuts: string[] = [];
  const { beside, notes } = await startCounted(lives, whole);
  let left: readonly string[] = [];
  try {
    let goesOn = true;
    for (const [index, { name, behind, restarts }] of planned.entries()) {
      if (!goesOn) break;
      const place = placeOf(index + 1, name);
      lives.onPlace?.(place, index + 1, planned.length + 1);
      const draw = drawing(lives.seed, `resilience.${name}`, index + 1);
      const company = beside ? { beside } : {};
      const { shape, steps } = whole;
      const lived = await liveOnce({ ...lives, shape, steps, place, draw, restarts, ...company }, behind);
      outcomes.push(...lived.outcomes);
      cuts.push(name);
      goesOn = !lived.ends;
    }
    if (beside && goesOn) outcomes.push(...(await beside.end(placeOf(planned.length + 1, 'end'))));
  } finally {
    left = (await beside?.undo()) ?? [];
  }
  return { outcomes, cuts, notes: [...notes, ...left.map(leftover)] };
}

function placeOf(nth: number, name: string): string {
  return `${String(nth).padStart(2, '0')}-${name}`;
}

/** Starts the container that runs all along, and looks whether `--hook-state` sees it. */
async function startCounted(
  lives: Lives,
  whole: Whole,
): Promise<{ readonly beside?: Beside; readonly notes: readonly string[] }> {
  const { hookState } = lives;
  const company = companyOf(lives);
  if (company === 'none') return { notes: ['no other container ran: --address names the address of one'] };
  if (company === 'near') return { notes: [] };
  const before = hookState === undefined ? 0 : await heldCount(hookState);
  const beside = await startBeside({ ...lives, ...whole });
  if ('problem' in beside)
    return { notes: [`no container ran all along: a second one was refused (${beside.problem})`] };
  const isSeen = hookState === undefined || (await heldCount(hookState)) !== before;
  const unseen = `--hook-state printed ${before} before and after a container was started: it may not see what leaks`;
  return { beside, notes: isSeen ? [] : [unseen] };
}

/** Restarts alone make no driver conformant; that is what a run tells. */
function judgeLives(outcomes: readonly Outcome[], cuts: readonly string[]): ReturnType<typeof judge> {
  const judged = judge(outcomes, [], 'only what restarts show was looked at');
  if (judged.verdict !== 'passed') return judged;
  const sentence = `nothing was lost, given out twice or kept by restarts at ${cuts.length} places; run tells whether the driver is conformant`;
  return { ...judged, sentence };
}
