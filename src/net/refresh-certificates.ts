/** Files of TLS that are followed: true if there is something new to use; throws if that is of no use. */
interface Followed {
  refresh(): Promise<boolean>;
}

interface Log {
  info(message: string): void;
  error(message: string): void;
}

/**
 * True if the certificates have changed and new connections are to use what `files` holds now. What cannot be used is
 * said once, and the old ones go on.
 */
export async function refreshCertificates(files: Followed, log: Log): Promise<boolean> {
  try {
    if (!(await files.refresh())) return false;
    log.info('certificates have changed; new connections use them');
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(`certificates have changed and cannot be used, so the old ones stay: ${message}`);
    return false;
  }
}
