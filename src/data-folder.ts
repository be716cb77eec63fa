/** The folder that everything kept on this machine is in, made when it is missing. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PermanentError } from "./errors.ts";

/** It holds what customers wrote, as far as decisions quote it: nobody else's business. */
const FOLDER_MODE = 0o700;

/**
 * Makes the folder that `file` belongs in.
 * @throws PermanentError `store.bad_folder` with what to do about it
 */
export function makeFolderOf(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw badFolder(folder, error as NodeJS.ErrnoException);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOTDIR: "a part of this path is a file",
  EEXIST: "a file has this name",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it is on a read-only disk",
};

const badFolder = (folder: string, error: NodeJS.ErrnoException): PermanentError =>
  new PermanentError(
    "store.bad_folder",
    `The data folder ${folder} cannot be used: ${WHY[error.code ?? ""] ?? error.message}. Set DATA_DIR to a folder that this user may write to.`,
    { cause: error },
  );
