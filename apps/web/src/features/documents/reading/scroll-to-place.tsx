'use client';

import { useEffect } from 'react';
import { bringIntoView } from './bring-into-view';

/**
 * Brings what the address names onto the screen: the found passage, or the heading behind `#`. The text arrives after
 * the page, too late for the browser to do it. Renders nothing; give it what the address names as key.
 */
export function ScrollToPlace() {
  useEffect(() => {
    const found = document.querySelector('[data-found]');
    if (found) return bringIntoView(found, 'center');
    const named = document.querySelector(`#${CSS.escape(window.location.hash.slice(1) || '-')}`);
    return named ? bringIntoView(named, 'start') : undefined;
  }, []);
  return null;
}
