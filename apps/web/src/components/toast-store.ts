/** A short message that comes and goes. */
export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'danger';
  action?: { label: string; run: () => void } | undefined;
}

const visibleMs = 6000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/**
 * Says what just happened ("Key revoked"). For failures prefer a notice beside the thing itself.
 * An ordinary toast leaves after six seconds; one with an action or of tone `danger` stays until dismissed.
 */
export function showToast(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
  const toast: Toast = { id: nextId, text, tone: options.tone ?? 'info', action: options.action };
  nextId += 1;
  publish([...toasts.slice(-2), toast]);
  if (toast.tone === 'info' && toast.action === undefined) setTimeout(() => dismissToast(toast.id), visibleMs);
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

/** For `useSyncExternalStore`. */
export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: (): readonly Toast[] => toasts,
};
