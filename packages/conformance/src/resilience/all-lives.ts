import { drawing } from '../draw.js';
import { judge } from '../judge.js';
import type { Outcome } from '../outcome.js';
import { type Beside, startBeside } from './beside.js';
import { heldCount } from './hook-state.js';
import { type LifeOptions, liveOnce } from './live-once.js';
import type { ResilienceReport } from './resilience-report.js';
import { isEnding } from './standing.js';
import { lifeOf, type Step } from './steps.js';

/** What all lives have in common. */
export interface Lives
  extends Pick<LifeOptions, 'caller' | 'settings' | 'features' | 'restarter' | 'check' | 'hookState'> {
  readonly seed: number;
  readonly onPlace?: (place: string, done: number, planned: number) => void;
}

/** One life without a restart, which has to succeed, then one for each cut, beside a container that runs all along. */
export async function allLives(
  lives: Lives,
): Promise<Pick<ResilienceReport, 'cuts' | 'notes'> & ReturnType<typeof judge>> {
  const steps = lifeOf(lives.features);
  const outcomes: Outcome[] = [];
  const cuts: string[] = [];
  const liveTo = async (nth: number, { cut, restarts = 1 }: Cut, beside?: Beside) => {
    const name = cut === undefined ? 'whole' : `${steps[cut]?.name}${restarts > 1 ? '-twice' : ''}`;
    const place = `${String(nth).padStart(2, '0')}-${name}`;
    lives.onPlace?.(place, nth, steps.length + 2);
    const draw = drawing(lives.seed, `resilience.${name}`, nth);
    const lived = await liveOnce({ ...lives, steps, place, draw, restarts, ...(beside ? { beside } : {}) }, cut);
    outcomes.push(...lived.outcomes);
    if (cut !== undefined) cuts.push(name);
    return !lived.ends;
  };
  const notes: string[] = [];
  if (await liveTo(0, {})) {
    const { beside, ...started } = await startCounted(lives, steps);
    notes.push(...started.notes);
    try {
      let goesOn = true;
      for (const [index, cut] of cutsOf(steps).entries()) goesOn &&= await liveTo(index + 1, cut, beside);
      if (beside && goesOn) outcomes.push(...(await beside.end(`${steps.length + 2}-end`)));
    } finally {
      const left = (await beside?.undo()) ?? [];
      notes.push(...left.map((line) => `left behind: ${line}`));
    }
  }
  return { ...judgeLives(outcomes, cuts), cuts, notes };
}

/** Where the driver is killed, and how often there; nowhere without `cut`. */
interface Cut {
  readonly cut?: number;
  readonly restarts?: number;
}

/** Once behind each step, and twice in a row where there is most to lose, as drivers that crash at their start are. */
function cutsOf(steps: readonly Step[]): readonly Cut[] {
  const fullest = steps.findLastIndex(({ name }) => !isEnding(name));
  return [...steps.map((_, cut) => ({ cut })), { cut: fullest, restarts: 2 }];
}

/** Starts the container that runs all along, and looks whether `--hook-state` sees it. */
async function startCounted(
  lives: Lives,
  steps: readonly Step[],
): Promise<{ readonly beside?: Beside; readonly notes: readonly string[] }> {
  const { settings, hookState } = lives;
  if (settings.pool ?? settings.gateway ?? settings.address)
    return { notes: ['no container ran all along: --pool, --gateway and --address are for one network'] };
  const before = hookState === undefined ? 0 : await heldCount(hookState);
  const beside = await startBeside({ ...lives, steps });
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
