package jakarta.servlet.http;

/** Has nothing of what the real one has. */
public interface HttpServletRequest {}
