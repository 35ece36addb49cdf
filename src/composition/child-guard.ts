/** Loaded before a supervised program: it ends with the shop that started it, also when that was killed without a word. */
if (process.connected === false) process.exit(0);
process.once('disconnect', () => process.exit(0));
process.channel?.unref();
