/** Next calls this once when the server starts: a wrong variable stops the boot with all faults named. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ env }, { shutdownState }] = await Promise.all([import('./env'), import('./platform/shutdown-state')]);
  shutdownState().drainDelayMs = env().DRAIN_DELAY;
}
