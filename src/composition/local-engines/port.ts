/** The engines that can run on this machine for development and tests. Production names addresses and starts none. */
export const engineNames = [
  'redis',
  'redis-sentinel',
  'redis-cluster',
  'kafka',
  'opensearch',
  'haproxy',
  'nginx',
  'consul',
  'toxiproxy',
  'envoy',
  'eureka',
  'mariadb',
  'prometheus',
  'alertmanager',
  'otelcol',
  'zipkin',
  'jaeger',
] as const;
export type EngineName = (typeof engineNames)[number];

/** What a person may wish of an engine; everything has a default. */
export interface StartOptions {
  /** JANGTEO_HOME; the engine's data, configuration and logs lie in `engines/<instance>` below it. */
  readonly home: string;
  /** A second engine of a kind on one home needs a name of its own; it stands for the engine's name. */
  readonly instance?: string;
  /** The first of the engine's ports, the others follow it. Absent: those of last time, the usual ones, or any that are free. */
  readonly port?: number;
  /** Of the heap, where the engine has one, else of its cache; at least what the engine needs to live. */
  readonly memoryMb?: number;
  /**
   * The whole configuration file of an engine that is nothing without one (haproxy, nginx, envoy, prometheus, alertmanager,
   * otelcol), made from the ports it got. Absent: one that says "ok" to its health check.
   */
  readonly config?: (ports: Ports) => string;
  /** Options of the engine's own, by their names there: `--set` of the command line. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Install it when it is missing. Absent: yes. */
  readonly install?: boolean;
  /** End with this process, however it ends (kill -9 as well). Absent: it outlives the process. */
  readonly endsWithUs?: boolean;
  /** Hears progress, a sentence a line. */
  readonly say?: (line: string) => void;
}

/** By what they are for; `main` is the one that clients use. */
export type Ports = Readonly<Record<string, number> & { readonly main: number }>;

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
}

/** An engine that answers. */
export interface RunningEngine {
  readonly name: EngineName;
  readonly instance: string;
  /** What a client is given: `127.0.0.1:9092` of kafka, `redis://…`, `http://…`, `mysql://…`. */
  readonly url: string;
  readonly ports: Ports;
  /** Its data, configuration and logs. */
  readonly folder: string;
  processes(): readonly RunningProcess[];
  /** SIGKILL, to all of its processes or to the named one; resolves when they are gone. What was written is kept. */
  kill(process?: string): Promise<void>;
  /** SIGSTOP and SIGCONT: an engine that is there and does not answer. */
  pause(process?: string): void;
  resume(process?: string): void;
  /** Starts what does not run, on the same ports and data; resolves when it answers. Throws a SetupFault, also when it is given up. */
  revive(signal?: AbortSignal): Promise<void>;
  /** Takes a new configuration without dropping a connection. Throws a SetupFault: the engine refuses it, or cannot reload. */
  reload(config: string): Promise<void>;
  /** Ends it cleanly; resolves when it is gone. */
  stop(): Promise<void>;
  /** As `stop`, unless it ran already when this process asked for it: then it goes on for whoever started it. */
  release(): Promise<void>;
}

/** What one engine's file says of it. */
export interface Engine {
  readonly name: EngineName;
  /** What it is for, in half a sentence. */
  readonly about: string;
  /** How it gets onto a machine. */
  readonly recipe: Recipe;
  /** The usual port, and what the ports from it on are for; the first is `main`. */
  readonly port: number;
  readonly ports: readonly ['main', ...string[]];
  /** What to run. Writes what the processes read into `folder`. Data made by an earlier plan are kept. */
  plan(context: PlanContext): Plan | Promise<Plan>;
}

/** How an engine gets onto a machine; `programs` are looked for on the PATH first. */
export interface Recipe {
  /** The version that `install` brings, and therefore the folder's name in the cache. */
  readonly version: string;
  /** Programs that, all on the PATH, are the engine: nothing is installed then. */
  readonly programs?: readonly string[];
  /** Debian's packages: the machine's own `apt-get`, as root. */
  readonly debian?: readonly string[];
  /** Puts the engine into a folder that becomes its place in the cache when this resolves. */
  readonly build?: (folder: string, tools: { java: string; say: (line: string) => void }) => Promise<void>;
  /** The oldest Java that it runs on, for an engine of the JVM. */
  readonly java?: number;
  /** What a person does who has none of this, as the end of "… is not installed here: ". */
  readonly byHand: string;
}

export interface PlanContext {
  readonly ports: Ports;
  /** `engines/<instance>`, which exists. */
  readonly folder: string;
  /** Where `Recipe.build` put it; empty when it is on the PATH. */
  readonly installed: string;
  /** A program's file: the installed one, else that of the PATH. */
  program(name: string): string;
  /** The `java` to run, for an engine of the JVM. */
  readonly java: string;
  readonly memoryMb: number | undefined;
  readonly config: ((ports: Ports) => string) | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly url: string;
  readonly processes: readonly ProcessPlan[];
  /** Whether the whole answers, asked again until it does; throws what it says for the report of a time-out. */
  ready(): Promise<boolean>;
  /** Once every process answers and before `ready`: forms a cluster of them. */
  readonly join?: () => Promise<void>;
  readonly readyWithinMs: number;
  /** How a new configuration is taken: checked, and told to the processes. */
  readonly reload?: (config: string, processes: readonly RunningProcess[]) => Promise<void>;
}

export interface ProcessPlan {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Awaited before the next process is started; absent: they start together. */
  readonly ready?: () => Promise<boolean>;
  /** Absent: SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}
