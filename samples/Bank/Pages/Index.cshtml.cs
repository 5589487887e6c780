using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Bank.Pages;

/// <summary>Accounts, balances, what moved, and what needs the customer's attention.</summary>
internal sealed class IndexModel(ILedger ledger, StepUpService stepUp, NoticeBoard board, TimeProvider timeProvider) : PageModel
{
    public Customer Customer => HttpContext.Customer();

    public IReadOnlyList<Account> Accounts { get; private set; } = [];

    public IEnumerable<Movement> Movements => Accounts.SelectMany(account => account.Movements).OrderByDescending(movement => movement.At).Take(8);

    public IEnumerable<Notice> Alerts => board.Of(Customer.Id).Where(notice => notice.IsAlert && timeProvider.GetUtcNow() - notice.At < TimeSpan.FromHours(1)).Take(1);

    public bool IsEnrolled { get; private set; }

    public int Open { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Accounts = await ledger.AccountsOfAsync(Customer);
        IsEnrolled = await stepUp.IsEnrolledAsync(HttpContext, cancellationToken);
        Open = (await stepUp.ListOpenAsync(HttpContext, cancellationToken)).Count;
    }
}
