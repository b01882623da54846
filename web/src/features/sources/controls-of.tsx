import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useClientHere } from '../../session.tsx';
import classes from './sources.module.css';

/** The controls that read what comes with a scope; nothing where no control is known to. */
export function ControlsOf({ scope: { controls } }: { scope: { controls: readonly string[] } }) {
  const { slug } = useClientHere();
  if (controls.length === 0) return null;
  return (
    <>
      {controls.length === 1 ? 'This control reads it: ' : 'These controls read it: '}
      {controls.map((control, index) => (
        <Fragment key={control}>
          {index === 0 ? null : ', '}
          <Link
            to="/c/$client/controls/$control"
            params={{ client: slug, control }}
            className={classes.control}
          >
            {control}
          </Link>
        </Fragment>
      ))}
      .
    </>
  );
}
