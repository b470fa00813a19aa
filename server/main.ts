/** The server's entry: it reads the environment once, listens, and drains. */
export {};
