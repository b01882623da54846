import type { ReactNode } from 'react';
import { Steps } from '../steps.tsx';
import classes from './page.module.css';
import { Page, type PageProps } from './page.tsx';

interface FormPageProps<T> extends PageProps<T> {
  steps?: { readonly names: readonly string[]; readonly current: number };
  /** The preview of changes, right of the fields. */
  preview?: (data: T) => ReactNode;
  /** Below both, full width: tables that need the space. */
  below?: (data: T) => ReactNode;
}

/** Steps, fields and a preview of the effect. */
export function FormPage<T>({ steps, preview, below, children, ...page }: FormPageProps<T>) {
  return (
    <Page {...page}>
      {(data: T) => {
        const fields = typeof children === 'function' ? children(data) : children;
        return (
          <>
            {steps === undefined ? null : (
              <div className={classes.steps}>
                <Steps steps={steps.names} current={steps.current} />
              </div>
            )}
            {preview === undefined ? (
              <div className={classes.form}>{fields}</div>
            ) : (
              <div className={classes.overview}>
                <div className={classes.column}>{fields}</div>
                <div className={classes.column}>{preview(data)}</div>
                {below === undefined ? null : (
                  <div className={`${classes.column} ${classes.wide}`}>{below(data)}</div>
                )}
              </div>
            )}
          </>
        );
      }}
    </Page>
  );
}
