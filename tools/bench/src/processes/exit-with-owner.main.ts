/**
 * Loaded ahead of a measured program: once the benchmark is gone, however it went, the channel to it closes, and the
 * process ends. It changes nothing else.
 */
process.once('disconnect', () => process.exit());
process.channel?.unref();
