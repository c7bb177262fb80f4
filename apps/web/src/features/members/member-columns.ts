/** The columns of both tables of the page, of equal widths so that they stand in line. */
export function memberColumns(who: string, when: string) {
  return [
    { label: who },
    { label: 'Role', className: 'md:w-36' },
    { label: when, className: 'md:w-40' },
    { label: 'Actions', hidden: true, className: 'md:w-14' },
  ];
}
