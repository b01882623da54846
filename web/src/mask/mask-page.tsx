import { EXPORT_RULES } from './export-rules.ts';
import classes from './mask.module.css';
import { PrepareExport } from './prepare-export.tsx';

/** The public page: it requires no sign-in and records nothing. */
export function MaskPage() {
  return (
    <main id="main" className={classes.page}>
      <header className={classes.head}>
        <h1>Prepare an export for Claude</h1>
        <p>
          Removes member data from a list before you upload it. Everything happens in this browser: the file
          is not sent, kept or seen by anyone. This page cannot connect to anything.
        </p>
      </header>
      <PrepareExport rules={EXPORT_RULES} mayKeep />
    </main>
  );
}
