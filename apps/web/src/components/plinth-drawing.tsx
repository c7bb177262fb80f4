/** A plinth in daylight with a page on it, in the tones of the site. Decorative. */
export function PlinthDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 560 500" aria-hidden="true" className={className}>
      <path d="M0 440h560" className="stroke-line-strong" opacity="0.55" />
      <path d="M396 440 548 470H262L150 440z" className="fill-ink" opacity="0.06" />
      <path
        d="M166 262h196v18H166zM176 280h176v9H176zM188 289h152l8 104H180zM172 393h184v9H172zM160 402h208v38H160z"
        className="fill-stone"
      />
      <g className="fill-stone-shade">
        <path d="M362 262h26v18h-26zM352 280h24v9h-24zM340 289h22l9 104h-23zM356 393h27v9h-27zM368 402h28v38h-28z" />
        <path d="M176 280h176v9H176zM172 393h184v9H172zM188 289h152l.6 8H187.4z" opacity="0.45" />
      </g>
      <path d="m222 116 96-15 22 150-98 11z" className="fill-sheet-ink" opacity="0.55" />
      <path d="m232 98 112 3-5 161H228z" className="fill-sheet stroke-line" />
      <path
        d="m250 124 44 1M249 148l77 2M249 162l76 2M247 206l74 1.5M247 220l74 1.5M246 234l48 1"
        className="fill-none stroke-sheet-ink"
        strokeWidth="2.5"
      />
      <path d="m246 176 79 2-.4 15-79-2z" className="fill-accent" opacity="0.3" />
      <path d="m250 184 54 1.4" className="fill-none stroke-accent" strokeWidth="2.5" />
    </svg>
  );
}
