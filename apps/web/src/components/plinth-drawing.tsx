/** A plinth in daylight with a sheet on it, in the tones of the page. Decorative. */
export function PlinthDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 480 420" aria-hidden="true" className={className}>
      <path d="M0 372h480" className="stroke-line-strong" strokeWidth="1" opacity="0.5" />
      <path d="M322 372 456 396H246L150 372z" className="fill-ink" opacity="0.07" />
      <g className="fill-raised">
        <path d="M140 188h170v22H140zM156 210h138l10 132H146zM132 342h186v30H132z" />
      </g>
      <g className="fill-ink">
        <path d="M310 188h28v22h-28zM294 210h26l10 132h-26zM318 342h30v30h-30z" opacity="0.13" />
        <path d="M156 210h138l.5 7h-139zM140 209h170v1.5H140zM132 342h186v1.5H132z" opacity="0.1" />
      </g>
      <g>
        <path d="m176 96 82-14 16 96-82 10z" className="fill-line" />
        <path d="m190 84 88 4-6 100h-86z" className="fill-raised" />
        <path d="m190 84 88 4-6 100h-86z" className="stroke-line" fill="none" strokeWidth="1" />
        <path
          d="m204 106 34 1.5M203 122l57 2.5M202 134l57 2.5M201 158l56 1.5M200 170l38 1"
          className="stroke-line-strong"
          strokeWidth="2.5"
          opacity="0.55"
          fill="none"
        />
        <path d="m200.5 146 59 1.5-.4 9-59-1z" className="fill-accent" opacity="0.85" />
      </g>
    </svg>
  );
}
