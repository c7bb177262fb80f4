/** Next calls this once when the server starts. The condition is one that the bundler knows: no edge copy is made of the rest. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { boot } = await import('./platform/boot');
  boot();
}
