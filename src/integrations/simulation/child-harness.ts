import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A simulator as a program of its own, as in a real shop; ends with its scope. */
export interface SimulatorProcess extends AsyncDisposable {
  readonly url: string;
  /** Sets how it behaves. */
  control(moods: object): Promise<void>;
  get(path: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  post(path: string, body: object): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export async function simulatorProcess(
  company: 'card-processor' | 'carrier',
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<SimulatorProcess> {
  const entry = fileURLToPath(new URL(`../${company}/simulator/main.ts`, import.meta.url));
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  async function ask(path: string, init?: RequestInit) {
    const answer = await fetch(new URL(path, url), init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const post = (path: string, body: object) => ask(path, { method: 'POST', body: JSON.stringify(body) });

  return {
    url,
    get: (path) => ask(path),
    post,
    async control(moods) {
      const { status, body } = await post('/control', moods);
      if (status !== 200) throw new Error(`the simulator refused ${JSON.stringify(moods)}: ${JSON.stringify(body)}`);
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return (JSON.parse(line.toString()) as { listening: number }).listening;
}
