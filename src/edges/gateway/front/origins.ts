/** Where a service is reached now, `http://host:port`; undefined when nobody has it. Asked again for each attempt. */
export type Origins = (service: string) => string | undefined;

/** Origins from a plain list, by turns. */
export function listedOrigins(services: Readonly<Record<string, readonly string[]>>): Origins {
  const turns = new Map<string, number>();
  return (service) => {
    const origins = services[service];
    if (origins === undefined || origins.length === 0) return undefined;
    const turn = turns.get(service) ?? 0;
    turns.set(service, (turn + 1) % origins.length);
    return origins[turn % origins.length];
  };
}
