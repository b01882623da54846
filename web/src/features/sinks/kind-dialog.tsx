import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useClientHere } from '../../session.tsx';
import { Row } from '../../ui/layout.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import classes from './sinks.module.css';
import type { Kind } from './words.ts';

/** Asks which system a new sink sends to. */
export function KindDialog({ kinds, onClose }: { kinds: readonly Kind[]; onClose: () => void }) {
  const { slug } = useClientHere();
  useReturnFocus(true);
  return (
    <Modal opened onClose={onClose} withCloseButton={false} title="Where to?">
      <ul className={classes.kinds}>
        {kinds.map((kind) => (
          <li key={kind.id}>
            <Link
              to="/c/$client/connections/sinks"
              params={{ client: slug }}
              search={{ add: kind.id }}
              replace
            >
              {kind.title}
            </Link>
            <span className="second">{kind.about}</span>
          </li>
        ))}
      </ul>
      <Row above="md">
        <Button onClick={onClose}>Cancel</Button>
      </Row>
    </Modal>
  );
}
