/** What can be done to a link: a toxic of Toxiproxy, or `cut`, which refuses connections and breaks those that there are. */
export type Trouble =
  | { readonly type: 'cut' }
  /** What is sent arrives nowhere, and nobody is told. */
  | { readonly type: 'timeout' }
  /** Connections are reset after so many ms. */
  | { readonly type: 'reset_peer'; readonly timeout: number }
  | { readonly type: 'latency'; readonly latency: number; readonly jitter?: number }
  /** At most so many kB/s. */
  | { readonly type: 'bandwidth'; readonly rate: number };

/** Links between programs that lead through a Toxiproxy, by name. */
export interface Links {
  /** The address that stands for `upstream` (both host:port), made when the link is new; at `listen`, or any free port. */
  lead(name: string, upstream: string, listen?: string): Promise<string>;
  trouble(name: string, trouble: Trouble): Promise<void>;
  /** Takes all troubles of a link away. */
  heal(name: string): Promise<void>;
}

const ANY_PORT = '127.0.0.1:0';
const CONFLICT = 409;

/** The links of the Toxiproxy that is steered at `url`. */
export function linksAt(url: string): Links {
  const ask = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      // Toxiproxy turns browsers away by their agent.
      headers: { 'user-agent': 'jangteo-drill' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const must = async (method: string, path: string, body?: object) => {
    const answer = await ask(method, path, body);
    if (!answer.ok) throw new Error(`Toxiproxy answers ${answer.status} to ${method} ${path}: ${await answer.text()}`);
    return answer.json().catch(() => undefined);
  };
  const at = (name: string) => `/proxies/${encodeURIComponent(name)}`;

  return {
    async lead(name, upstream, listen = ANY_PORT) {
      const made = await ask('POST', '/proxies', { name, upstream, listen, enabled: true });
      if (made.ok) return ((await made.json()) as { listen: string }).listen;
      if (made.status !== CONFLICT) throw new Error(`Toxiproxy does not make ${name}: ${await made.text()}`);
      await must('POST', at(name), { upstream });
      return ((await must('GET', at(name))) as { listen: string }).listen;
    },
    async trouble(name, trouble) {
      if (trouble.type === 'cut') return void (await must('POST', at(name), { enabled: false }));
      const { type, ...attributes } = trouble;
      // Towards both ends: a request, and its answer.
      for (const stream of ['upstream', 'downstream'])
        await must('POST', `${at(name)}/toxics`, { name: stream, type, stream, attributes });
    },
    async heal(name) {
      const { toxics } = (await must('GET', at(name))) as { toxics: readonly { name: string }[] };
      for (const { name: toxic } of toxics) await ask('DELETE', `${at(name)}/toxics/${toxic}`);
      await must('POST', at(name), { enabled: true });
    },
  };
}
