import type { Printed } from './docker-cli.js';

/** One command of a session: its arguments and what it prints. */
export interface CliStep {
  readonly args: readonly string[];
  readonly prints?: string;
  /** Part of what it prints as an error, in the words of some release of the command; the command then ends with 1. */
  readonly refuses?: string | readonly string[];
}

/** What a user does with networks at the prompt, and what Docker Engine lets the command print. */
export function networkingSession(image: string): readonly CliStep[] {
  const networks = '{{range $name, $it := .NetworkSettings.Networks}}{{$name}} {{$it.IPAddress}};{{end}}';
  return [
    {
      args: words('network ls --format', '{{.Name}} {{.Driver}} {{.Scope}}'),
      prints: 'bridge bridge local\nhost host local\nnone null local',
    },
    { args: words('network create --subnet 10.210.0.0/24 --gateway 10.210.0.1 --label tier=web app'), prints: 'ID' },
    { args: words('network create app'), refuses: 'network with name app already exists' },
    { args: words('network create --subnet 10.211.0.0/24 back'), prints: 'ID' },
    {
      args: words(
        'network inspect app --format',
        '{{.Name}} {{.Scope}} {{(index .IPAM.Config 0).Subnet}} {{.Labels.tier}}',
      ),
      prints: 'app local 10.210.0.0/24 web',
    },
    { args: words('network ls --quiet --filter label=tier=web'), prints: 'SHORT' },
    { args: words('network ls --quiet --filter label=tier=db'), prints: '' },
    { args: words(`create --name web1 --network app ${image} sleep 1000`), prints: 'ID' },
    { args: words('ps'), prints: 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES' },
    { args: words('ps --all --format', '{{.Names}} {{.State}} {{.Networks}}'), prints: 'web1 created app' },
    { args: words('start web1'), prints: 'web1' },
    { args: words('ps --format', '{{.ID}} {{.Names}} {{.State}}'), prints: 'SHORT web1 running' },
    { args: words('network connect --ip 10.211.0.9 --alias db back web1'), prints: '' },
    { args: words('network connect back web1'), refuses: 'endpoint with name web1 already exists in network back' },
    { args: words('inspect web1 --format', networks), prints: 'app 10.210.0.2;back 10.211.0.9;' },
    {
      args: words('network inspect back --format', '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}'),
      prints: 'web1 10.211.0.9/24',
    },
    { args: words('network rm app'), refuses: 'has active endpoints' },
    { args: words('network disconnect back web1'), prints: '' },
    { args: words('network disconnect back nobody'), refuses: 'No such container: nobody' },
    { args: words('network prune --force --filter label=tier=web'), prints: '' },
    { args: words('network prune --force'), prints: 'Deleted Networks:\nback' },
    { args: words('stop -t 0 web1'), prints: 'web1' },
    { args: words('rm --force web1'), prints: 'web1' },
    { args: words('network rm app'), prints: 'app' },
    // The command of 20.10 has its own words for a 404, later ones print those of the engine.
    { args: words('network rm app'), refuses: ['No such network: app', 'network app not found'] },
  ];
}

/** The network events of the session, in order. */
export const sessionEvents: readonly string[] = [
  ...['create app', 'create back', 'connect app', 'connect back', 'disconnect back', 'destroy back'],
  ...['disconnect app', 'destroy app'],
];

/** What a step wants of a command, in the form of what was printed. */
export function wanted({ prints, refuses }: CliStep, { out, err }: Printed): Printed {
  if (refuses === undefined) return { exit: 0, out: prints ?? '', err: '' };
  const wordings = [refuses].flat();
  return { exit: 1, out, err: wordings.some((text) => err.includes(text)) ? err : `... ${wordings.join(' | ')} ...` };
}

function words(text: string, last?: string): readonly string[] {
  return [...text.split(' '), ...(last === undefined ? [] : [last])];
}
