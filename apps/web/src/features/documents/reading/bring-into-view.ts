/**
 * Scrolls to an element of a long text and stays with it: the stretches above get their real heights only once they
 * are near the screen, and then the first aim was off. Answers how to stop.
 */
export function bringIntoView(element: Element, block: 'start' | 'center'): () => void {
  let frame = 0;
  const aim = (left: number) => {
    element.scrollIntoView({ block });
    if (left > 0) frame = requestAnimationFrame(() => aim(left - 1));
  };
  aim(corrections);
  return () => cancelAnimationFrame(frame);
}

const corrections = 4;
