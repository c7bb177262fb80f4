/** Leads to the API's own reference page. */
export function ApiReferenceLink({ className }: { className: string }) {
  return (
    // The API serves this page, so the router of the web app does not know it.
    // oxlint-disable-next-line nextjs/no-html-link-for-pages
    <a className={className} href="/api/docs">
      API reference
    </a>
  );
}
