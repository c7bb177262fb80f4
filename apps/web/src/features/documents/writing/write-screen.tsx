'use client';

import dynamic from 'next/dynamic';
import { WriteSkeleton } from './write-skeleton';

/** Drawn in the browser only, because it begins with the draft that is kept there. */
export const WriteScreen = dynamic(() => import('./write-form'), { ssr: false, loading: WriteSkeleton });
