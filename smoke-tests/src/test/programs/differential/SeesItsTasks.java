import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The tasks that a pool returns, passes to its hooks and removes are those that it was given. */
public class SeesItsTasks {
  public static void main(String[] args) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            System.out.println("before " + task.getClass().getSimpleName());
          }

          @Override
          protected void afterExecute(Runnable task, Throwable thrown) {
            System.out.println("after " + task.getClass().getSimpleName() + " " + thrown);
          }
        };
    Runnable waiting = new Waiting(running, release);
    Runnable removed = new Waiting(running, release);
    Runnable queued = new Waiting(running, release);
    pool.execute(waiting);
    running.await();
    pool.execute(removed);
    pool.execute(queued);
    System.out.println("removed " + pool.remove(removed));
    System.out.println("head " + (pool.getQueue().peek() == queued));
    List<Runnable> left = pool.shutdownNow();
    System.out.println("left " + left.size() + " " + (left.get(0) == queued));
    release.countDown();
    System.out.println("ended " + pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  static class Waiting implements Runnable {
    private final CountDownLatch running;
    private final CountDownLatch release;

    Waiting(CountDownLatch running, CountDownLatch release) {
      this.running = running;
      this.release = release;
    }

    @Override
    public void run() {
      running.countDown();
      boolean interrupted = false;
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      System.out.println("interrupted " + (interrupted || Thread.interrupted()));
    }
  }
}
