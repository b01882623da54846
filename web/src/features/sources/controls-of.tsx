import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { Fold } from '../../ui/lines.tsx';
import classes from './sources.module.css';

/** The controls that use data read with a scope; renders nothing if none is known. */
export function ControlsOf({
  scope: { scope, controls },
}: {
  scope: { scope: string; controls: readonly string[] };
}) {
  const { slug } = useClientHere();
  if (controls.length === 0) return null;
  return (
    <Fold
      summary={
        <>
          {count(controls.length, 'control reads', 'controls read')} it
          <span className="hidden-text">: {scope}</span>
        </>
      }
    >
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
    </Fold>
  );
}
