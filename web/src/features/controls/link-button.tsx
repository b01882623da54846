import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** An address of this console, made by a page at run time; the router reads it again when it goes there. */
function parts(href: string): { to: '/'; search: never } {
  const [path, query] = href.split('?');
  return {
    to: path as '/',
    search: Object.fromEntries(new URLSearchParams(query ?? '')) as never,
  };
}

/** A link to an address of this console. */
export function AppLink({
  href,
  children,
  className,
}: {
  href: string;
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <Link {...parts(href)} {...(className === undefined ? {} : { className })}>
      {children}
    </Link>
  );
}

/** A button that leads somewhere. */
export function LinkButton({ href, ...button }: ButtonProps & { href: string; children: ReactNode }) {
  return <Button {...button} renderRoot={(props) => <Link {...props} {...parts(href)} />} />;
}
