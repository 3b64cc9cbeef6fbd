"""How deliveries go out: taken in batches, made from a mould, sent over one kept connection, and marked one by one."""
