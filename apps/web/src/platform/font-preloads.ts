import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?address';
import serif from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?address';
import { preload } from 'react-dom';

/** Asks for the two fonts of the first screen before the stylesheet names them. Call while rendering. */
export function preloadFonts(): void {
  for (const address of [inter, serif]) preload(address, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
}
