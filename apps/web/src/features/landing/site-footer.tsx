import { brand } from '@repo/brand';
import Link from 'next/link';
import { ApiReferenceLink } from '@/components/api-reference-link';

/** Who stands behind it, and where to ask. */
export function SiteFooter() {
  return (
    <footer className="flex flex-wrap justify-between gap-x-8 gap-y-2 py-10 text-xs text-secondary">
      <span>{brand.legalName}</span>
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        <li>
          <ApiReferenceLink className="hover:text-ink" />
        </li>
        <li>
          <Link className="hover:text-ink" href="/status">
            Status
          </Link>
        </li>
        <li>
          <a className="hover:text-ink" href={`mailto:${brand.supportEmail}`}>
            {brand.supportEmail}
          </a>
        </li>
      </ul>
    </footer>
  );
}
