import type { Clock, Random } from '../clock/port.ts';
import type { Discovery, Known } from '../discovery/port.ts';
import type { Invalidations } from '../invalidation/port.ts';
import type { Positions } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { hearPeer } from './hear.ts';
import type { Notice, Reads } from './notice.ts';
import type { Leader, Membership, Reader, RouteName } from './port.ts';
import { type Listener, teller } from './tell.ts';

/** Where a process tells its peers what it knows. */
export const NOTICES_PATH = '/internal/notices';

export interface MembershipOptions {
  /** This process: its name and where its peers reach it. */
  readonly self: { readonly id: string; readonly origin: string };
  /** Knows the peers, under `name`; itself may be among them. */
  readonly discovery: Discovery;
  readonly name: string;
  /** What peers show each other. */
  readonly token: string;
  /** Hears and tells the listeners of this process. */
  readonly local: Invalidations;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** A membership, and the way in for peers that want to listen. */
export interface OpenMembership extends Membership {
  /**
   * Tells a peer everything from now on, and whoever says that he is `member` how far logs are written only while he leads or reads
   * something, for nobody else follows them. The returned function ends it.
   */
  tellTo(listener: Listener, member?: string): () => void;
  /** Ends what peers listen to, which would keep a server from closing; what they say is still heard. */
  stopTelling(): void;
}

interface Peer {
  /** As it calls itself; until it has spoken, as discovery does, which may know an address alone. */
  name: string;
  /** Discovery does not name it any more. It is believed for as long as it is heard. */
  isUnnamed: boolean;
  readonly origin: string;
  lives: boolean;
  isLeaving: boolean;
  aside: readonly string[];
  reads: readonly Reads[];
  readonly leads: Map<string, Leader>;
  readonly close: () => Promise<void>;
}

/** Knows of each peer what it says over a stream of its own; when that breaks, nothing of it is believed any more. */
export function openMembership(options: MembershipOptions): OpenMembership {
  const { self, discovery, name, token, local, clock, random, logger } = options;
  const telling = teller(clock, self.id);
  const peers = new Map<string, Peer>();
  const own = new Map<string, Leader>();
  const aside = new Set<string>();
  const ownReads = new Map<string, Reads>();
  /** By service; made anew when something has changed, for it is looked at with every request. */
  let readers = new Map<string, readonly Reader[]>();
  const routesOf = new Map<string, readonly RouteName[]>();
  const listeners = new Set<() => void>();
  const cutting = new Set<(origin: string) => void>();
  const growing = new Set<(log: string, heads: Positions) => void>();

  const changed = () => {
    readers = new Map();
    for (const listener of [...listeners]) listener();
  };

  function hear(peer: Peer, { from, leads, led, left, leaving, aside, reads, grown, tags }: Notice): void {
    if (from !== undefined) peer.name = from;
    // An address that leads back to this process.
    if (peer.name === self.id) return;
    const claimed = leads ?? (led === undefined ? [] : [led]);
    if (leads !== undefined) peer.leads.clear();
    if (leads !== undefined || leaving === true) peer.isLeaving = leaving === true;
    for (const { service, term, routes } of claimed) {
      peer.leads.set(service, { member: peer.name, origin: peer.origin, isSelf: false, term, routes });
      routesOf.set(service, routes);
    }
    if (left !== undefined) peer.leads.delete(left);
    if (aside !== undefined) peer.aside = aside;
    if (reads !== undefined) peer.reads = reads;
    for (const [log, heads] of Object.entries(grown ?? {})) for (const listener of growing) listener(log, heads);
    if (tags !== undefined) local.publish(tags);
    const isNews = [left, aside, reads].some((each) => each !== undefined);
    if (!peer.lives || claimed.length > 0 || isNews || leaving === true) {
      if (!peer.lives) logger.info({ peer: peer.name }, 'a peer is heard');
      peer.lives = true;
      changed();
    }
  }

  /** What it said is believed no more, and one that discovery does not name either is no peer any more. */
  function cut(id: string, peer: Peer): void {
    if (peer.isUnnamed) forget(id, peer);
    if (!peer.lives) return;
    logger.warn({ peer: peer.name }, 'a peer is heard no more');
    peer.lives = false;
    peer.leads.clear();
    peer.reads = [];
    for (const listener of cutting) listener(peer.origin);
    // What has changed since its last word was told to nobody.
    local.publishAll();
    changed();
  }

  function forget(id: string, peer: Peer): void {
    if (peers.get(id) === peer) peers.delete(id);
    void peer.close();
  }

  function meet(id: string, origin: string): Peer {
    const peer: Peer = {
      ...{ name: id, isUnnamed: false, origin },
      lives: false,
      isLeaving: false,
      aside: [],
      reads: [],
      leads: new Map(),
      close: hearPeer({
        ...{ origin, path: `${NOTICES_PATH}?member=${encodeURIComponent(self.id)}`, token, clock, random },
        hear: (notice) => hear(peer, notice),
        cut: () => cut(id, peer),
      }),
    };
    return peer;
  }

  const follow = ({ instances }: Known) => {
    const others = instances.filter(({ id, origin }) => id !== self.id && origin !== self.origin);
    const wanted = new Map(others.map(({ id, origin }) => [id, origin]));
    for (const [id, peer] of [...peers]) {
      const origin = wanted.get(id);
      peer.isUnnamed = origin !== peer.origin;
      // Who speaks is there, whatever a registry says that has lost its data or is cut off from it.
      if (peer.isUnnamed && (origin !== undefined || !peer.lives)) cut(id, peer);
    }
    for (const [id, origin] of wanted) if (!peers.has(id)) peers.set(id, meet(id, origin));
  };
  const watch = discovery.watch(name, follow);
  follow(watch.current());

  const leaderOf = (service: string): Leader | undefined => {
    let leader = own.get(service);
    for (const { leads } of peers.values()) {
      const other = leads.get(service);
      if (other !== undefined && other.term > (leader?.term ?? -1)) leader = other;
    }
    return leader;
  };
  function readersOf(service: string): readonly Reader[] {
    const known = readers.get(service);
    if (known !== undefined) return known;
    const mine = ownReads.get(service);
    const found: Reader[] = mine === undefined ? [] : [{ ...mine, member: self.id, origin: self.origin, isSelf: true }];
    for (const { name: member, origin, lives, isLeaving, reads } of peers.values()) {
      const told = reads.find((each) => each.service === service);
      if (lives && !isLeaving && told !== undefined) found.push({ ...told, member, origin, isSelf: false });
    }
    readers.set(service, found);
    return found;
  }
  /** The living one of a name that was met twice: where it was, and where it is. */
  function peerNamed(member: string): Peer | undefined {
    const bearers = [...peers.values()].filter(({ name: its }) => its === member);
    return bearers.find(({ lives }) => lives) ?? bearers[0];
  }
  function followsLogs(member: string): boolean {
    const { leads, reads } = peerNamed(member) ?? { leads: new Map(), reads: [] };
    return leads.size > 0 || reads.length > 0;
  }
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return {
    self: self.id,
    leaderOf,
    awaitLeader(service, waitMs, than) {
      const now = leaderOf(service);
      if (now !== undefined && !isSame(now, than)) return Promise.resolve(now);
      return new Promise((resolve) => {
        const settle = (leader: Leader | undefined) => {
          cancel();
          stop();
          resolve(leader);
        };
        const cancel = clock.after(waitMs, () => settle(undefined));
        const stop = onChange(() => {
          const leader = leaderOf(service);
          if (leader !== undefined && !isSame(leader, than)) settle(leader);
        });
      });
    },
    lead(service, term, routes) {
      own.set(service, { member: self.id, origin: self.origin, isSelf: true, term, routes });
      routesOf.set(service, routes);
      telling.lead({ service, term, routes });
      changed();
      return () => {
        if (!own.delete(service)) return;
        telling.leave(service);
        changed();
      };
    },
    read(service, { routes, calls }) {
      const tell = () => {
        telling.reads([...ownReads.values()]);
        changed();
      };
      ownReads.set(service, { service, routes, calls });
      tell();
      return () => {
        if (ownReads.delete(service)) tell();
      };
    },
    readersOf,
    standAside(service) {
      const tell = () => {
        telling.aside([...aside]);
        changed();
      };
      aside.add(service);
      tell();
      return () => {
        if (aside.delete(service)) tell();
      };
    },
    standsAside: (member, service) =>
      member === self.id ? aside.has(service) : peerNamed(member)?.aside.includes(service) === true,
    lives(member) {
      const peer = peerNamed(member);
      return member === self.id || (peer?.lives === true && !peer.isLeaving);
    },
    known: () => routesOf,
    onChange,
    onCut(listener) {
      cutting.add(listener);
      return () => void cutting.delete(listener);
    },
    grew: telling.grew,
    onGrown(listener) {
      growing.add(listener);
      return () => void growing.delete(listener);
    },
    invalidations: {
      publish(tags) {
        local.publish(tags);
        if (tags.length > 0) telling.changed(tags);
      },
      publishAll: local.publishAll,
      subscribe: local.subscribe,
    },
    retire: telling.retire,
    tellTo: (listener, member) => telling.add(listener, () => member === undefined || followsLogs(member)),
    stopTelling: telling.close,
    async close() {
      watch.close();
      telling.close();
      await Promise.all([...peers.values()].map((peer) => peer.close()));
      peers.clear();
    },
  };
}

function isSame(leader: Leader, other: Leader | undefined): boolean {
  return leader.member === other?.member && leader.term === other.term;
}
