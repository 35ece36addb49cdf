/** Something a person must put right before the shop can run. The message is one plain sentence with the way out. */
export class SetupFault extends Error {
  override readonly name = 'SetupFault';
}
