// Preloaded into the local stack's own processes: when the supervisor is killed without a chance to stop them,
// its end of the channel closes, and they stop in order instead of living on unseen.
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
