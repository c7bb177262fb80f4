/** What of a key press and the page decides. */
interface KeyPress {
  key: string;
  metaKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
  target: EventTarget | null;
}

/** True for ⌘K and Ctrl K anywhere, and for `/` where no text is being typed; never while a dialog is open. */
export function opensSearch(press: KeyPress): boolean {
  if (press.defaultPrevented || press.altKey) return false;
  const element = press.target instanceof Element ? press.target : null;
  if (element?.ownerDocument.querySelector('dialog[open]')) return false;
  if ((press.metaKey || press.ctrlKey) && press.key.toLowerCase() === 'k') return true;
  if (press.key !== '/' || press.metaKey || press.ctrlKey) return false;
  return !element?.closest('input, textarea, select, [contenteditable="true"], [role="menu"]');
}
