import { SetupFault } from '../fault.ts';
import { keptSecrets, readState } from '../home.ts';
import { readSettings } from '../settings.ts';

/** The running shop's API, as the command line uses it. */
export interface RunningShop {
  readonly url: string;
  readonly adminToken: string;
  /** The JSON answer. Throws a SetupFault with the problem's own sentence when the shop refuses. */
  ask(method: string, path: string, body?: RequestBody, headers?: Readonly<Record<string, string>>): Promise<unknown>;
}

export type RequestBody = { readonly json: unknown } | { readonly text: string; readonly type: string };

/** Finds the shop that runs on JANGTEO_HOME. Throws a SetupFault when none does. */
export function runningShop(): RunningShop {
  const settings = readSettings(process.env);
  const state = readState(settings.home);
  if (state?.status !== 'running')
    throw new SetupFault(`No shop runs on ${settings.home}: start it with \`npm start\` and try again.`);
  const token = settings.adminToken ?? keptSecrets(settings.home).adminToken;
  return {
    url: state.url,
    adminToken: token,
    async ask(method, path, body, headers = {}) {
      const response = await fetch(new URL(path, state.url), {
        method,
        headers: { authorization: `Bearer ${token}`, ...contentType(body), ...headers },
        ...(body === undefined ? {} : { body: 'json' in body ? JSON.stringify(body.json) : body.text }),
      });
      const text = await response.text();
      const answer = text === '' ? undefined : JSON.parse(text);
      if (response.ok) return answer;
      throw new SetupFault(
        `The shop refused: ${answer?.detail ?? answer?.title ?? response.statusText} (${answer?.code ?? response.status}).`,
      );
    },
  };
}

function contentType(body: RequestBody | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': 'json' in body ? 'application/json' : body.type };
}
