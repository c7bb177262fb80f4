import { FileText, type LucideIcon, Search, Settings2, Users } from 'lucide-react';

export interface Destination {
  href: string;
  label: string;
  Icon: LucideIcon;
  /** A key that goes there from anywhere; shown in the rail. */
  keyHint?: string;
}

/** The four places of the rail and of the bar on a phone. */
export const destinations: readonly Destination[] = [
  { href: '/documents', label: 'Documents', Icon: FileText },
  { href: '/search', label: 'Search', Icon: Search, keyHint: '/' },
  { href: '/members', label: 'Members', Icon: Users },
  { href: '/settings', label: 'Settings', Icon: Settings2 },
];

/** Whether a path lies at or under a destination. */
export function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
