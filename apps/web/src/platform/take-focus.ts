/**
 * For `ref`: the field gets the focus when it appears. A page or a dialog that is nothing but one field may do so.
 * The attribute is what a dialog looks for when it opens; React itself never writes it.
 */
export function takeFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
  element?.focus({ preventScroll: true });
}
