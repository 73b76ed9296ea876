// Themes that come with the widget, by name: each is nothing more than values for custom properties of tokens.css.

export type Theme = Record<string, string>

export const themes: Record<string, Theme> = {
  /** Black on white, without a colour of its own. */
  ink: { accent: 'light-dark(#1b1b1b, #f2f2f2)', 'on-accent': 'light-dark(#fff, #1b1b1b)', quiet: 'light-dark(#f4f4f4, #2a2a2a)' },
  /** Deep green, for shops that sell what grows. */
  moss: { accent: 'light-dark(#2f5d46, #a9d8bd)', 'on-accent': 'light-dark(#fff, #10261b)', quiet: 'light-dark(#f1f5f2, #222825)' },
  /** Indigo, as in dyed cloth. */
  indigo: { accent: 'light-dark(#2c3f7c, #b5c3f5)', 'on-accent': 'light-dark(#fff, #141d3d)', quiet: 'light-dark(#f2f3f8, #23252e)' },
}
