/** Options of a server on the JVM that shall be small rather than fast to warm up. */
export function smallJvm(memoryMb: number): readonly string[] {
  return ['-Xms64m', `-Xmx${memoryMb}m`, '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError'];
}
